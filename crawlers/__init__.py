"""Goes and looks: fetches politely and turns what comes back into leads and articles."""
