"""When things are done, and in what order: the jobs, and the service that rings for them.

Scrapy has a scheduler of its own; this one decides when a source is visited and when a digest is drawn up.
"""
