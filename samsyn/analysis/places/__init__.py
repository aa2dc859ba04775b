"""Where and when: points in areas, hot spots, density, near repeats, clusters, and how concentrated it all
is."""
