"""Captures and books that lie in a store elsewhere (s3://, gs://, …), by way of fsspec.

What a run reads there is brought to this machine before a worker sees it: workers ask no network.
"""
