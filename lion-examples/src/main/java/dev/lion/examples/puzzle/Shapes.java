package dev.lion.examples.puzzle;

/**
 * How long and how hard the composed texts are: the one place to tune. A small text should be learnable by a student of a
 * million parameters within a few thousand examples of its family; a rarer one is a notch beyond.
 */
final class Shapes {
    /** Operators of a Boolean expression, {@code not} included. */
    static final Shape BOOLEAN_OPERATORS = new Shape(2, 4, 5, 5);

    /** Terms in each of the two brackets; the public task has four. */
    static final Shape ARITHMETIC_TERMS = new Shape(2, 2, 3, 3);

    /** Small arithmetic uses the digits 1 to this one, rarer arithmetic also their negatives. */
    static final int ARITHMETIC_DIGITS = 4;

    /** Kinds of things to count. */
    static final Shape COUNTING_KINDS = new Shape(2, 4, 5, 5);

    /** A kind comes at most so many times. */
    static final int COUNTING_COPIES = 4;

    /** Moves and turns to follow. */
    static final Shape NAVIGATE_MOVES = new Shape(3, 4, 5, 5);

    /** Steps of one move at most. */
    static final int NAVIGATE_STEPS = 6;

    /** Words to sort. */
    static final Shape SORTING_WORDS = new Shape(3, 4, 5, 5);

    /** Opening brackets of a bracket sequence. */
    static final Shape DYCK_OPENINGS = new Shape(2, 6, 7, 8);

    /** Brackets left to close at most, at either size. */
    static final int DYCK_OPEN_AT_END = 3;

    /** Brackets open at once at most in a small and in a rarer sequence. */
    static final int DYCK_SMALL_DEPTH = 4;

    static final int DYCK_RARER_DEPTH = 6;

    /** People in a chain of truth-tellers and liars. */
    static final Shape LIES_PEOPLE = new Shape(3, 4, 5, 5);

    /** Swaps between people; the public task has as many as people. */
    static final Shape TRACKING_SWAPS = new Shape(1, 2, 3, 3);

    /** Sightings that leave one slot of the day free. */
    static final Shape TEMPORAL_SIGHTINGS = new Shape(2, 3, 4, 5);

    /** Things on the desk; rarer questions are also of rarer kinds. */
    static final Shape COLORED_OBJECTS = new Shape(3, 4, 5, 6);

    /** Dates to choose from. */
    static final Shape DATE_CHOICES = new Shape(4, 4, 5, 6);

    private Shapes() {}
}
