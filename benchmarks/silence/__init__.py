"""How often the silence alarm cries wolf, and how soon it finds a source that died. Simulated, seeded."""
