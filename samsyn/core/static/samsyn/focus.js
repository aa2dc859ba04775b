// After a refused form the summary of what is wrong comes first, also for those who cannot see it.
document.getElementById("errors")?.focus();
