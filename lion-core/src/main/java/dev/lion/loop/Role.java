package dev.lion.loop;

import java.util.Locale;

/** Who was called. */
public enum Role {
    /** Answers. */
    TEACHER,
    /** Judges. */
    REFEREE,
    /** Invents instructions. */
    GENERATOR,
    /** Learns. */
    STUDENT,
    /** Measures the student. */
    EVALUATION;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
