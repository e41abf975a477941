"""Why an image can't be used."""


class ImageError(ValueError):
    """The bytes are no image that an edition can carry; the message says why."""
