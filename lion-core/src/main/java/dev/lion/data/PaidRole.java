package dev.lion.data;

import java.util.Locale;

/** The roles whose calls may cost money. */
public enum PaidRole {
    /** Answers. */
    TEACHER,
    /** Judges. */
    REFEREE,
    /** Invents instructions. */
    GENERATOR;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
