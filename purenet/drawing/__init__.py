"""Pictures in SVG: networks, curves, regions and small images. A picture computes nothing but places."""
