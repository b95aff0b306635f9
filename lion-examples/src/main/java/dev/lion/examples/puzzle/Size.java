package dev.lion.examples.puzzle;

/** How large a puzzle's text is. */
public enum Size {
    /** What seeds look like: short texts over small word lists. */
    SMALL,
    /** One notch off the beaten track: longer, nested, or with unusual names and objects. */
    RARER
}
