"""Programme, places, registration and waiting lists."""
