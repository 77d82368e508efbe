"""What can be wrong with how the hardware was asked to work. Troubles of the world are signals, not errors."""


class HardwareError(Exception):
    """The root of all errors of this package."""


class UnknownDriverError(HardwareError, ValueError):
    """A setting names a driver that this house does not have."""


class PinInUseError(HardwareError, ValueError):
    """Two devices were given the same pin."""
