# The R peers: Rscript peers.R QUESTION FOLDER SIZES...; prints one "name value" a line, its own seconds among them.
given <- commandArgs(TRUE)
question <- given[1]; folder <- given[2]; sizes <- as.integer(given[-(1:2)])
read <- function(name, n) readBin(file.path(folder, name), "double", n = n)
say <- function(...) { all <- list(...); for (one in names(all)) cat(one, format(all[[one]], digits = 12), "\n") }
now <- function() proc.time()[[3]]

if (question == "gi") {
  suppressPackageStartupMessages(library(spdep))
  y <- read("y", prod(sizes))
  weights <- nb2listw(include.self(cell2nb(sizes[1], sizes[2], type = "queen")), style = "B")
  began <- now()
  z <- localG(y, weights)
  say(seconds = now() - began, z_sum = sum(z), z_max = max(z))
} else {
  suppressPackageStartupMessages(library(surveillance))
  series <- sizes[1]; months <- sizes[2]
  counts <- matrix(read("y", series * months), nrow = months)
  last <- (months - 23):months
  alarms <- 0; limits <- 0
  began <- now()
  if (question == "ears") {
    found <- earsC(sts(counts, start = c(2016, 1), frequency = 12),
                   control = list(method = "C1", range = last, baseline = 7, minSigma = 0, alpha = 0.001))
    alarms <- sum(alarms(found)); limits <- sum(upperbound(found))
  } else for (k in seq_len(series)) {
    one <- create.disProg(week = 1:months, observed = counts[, k], state = rep(0, months), start = c(2016, 1), freq = 12)
    if (question == "cusum") {
      found <- algo.cusum(one, control = list(range = last, k = 1.04, h = 2.26, m = NULL, trans = "rossi"))
    } else {
      found <- algo.farrington(one, control = list(range = last, b = 3, w = 3, reweight = TRUE, verbose = FALSE,
                               trend = TRUE, plot = FALSE, alpha = 0.01, limit54 = c(0, 4), powertrans = "2/3"))
      limits <- limits + sum(pmin(found$upperbound, 1e6), na.rm = TRUE)
    }
    alarms <- alarms + sum(found$alarm)
  }
  if (question == "cusum") say(seconds = now() - began, alarms = alarms) else
    say(seconds = now() - began, alarms = alarms, limits = limits)
}
