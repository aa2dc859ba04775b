"""Did it help? Designs that tell an effect from what would have happened anyway. Mostly: cannot say."""
