"""Programs about the SDK: each is run as ``python -m oss.tools.NAME``. The SDK imports none of them."""
