"""What is drawn as SVG: the strategy map and the icons."""
