package dev.lion.examples.experiment;

/**
 * An arm under a regime.
 *
 * @param id names it among the trials of an experiment
 */
record Trial(String id, Arm arm, Regime regime) {}
