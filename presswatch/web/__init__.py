"""What the service says over HTTP. Starlette, uvicorn and the Prometheus client live here only."""
