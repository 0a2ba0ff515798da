"""What a reader keeps on the own device, and what the browser needs for it. Nothing of it leaves the
device.
"""
