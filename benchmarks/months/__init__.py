"""Months of the service in half an hour: what it holds of the machine as the days go by."""
