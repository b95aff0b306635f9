package dev.lion.examples.puzzle;

import java.util.random.RandomGenerator;

/**
 * How many parts (operators, words, people, ...) a family's texts have at either size. The two ranges do not overlap, so
 * that the size of a text can be read off it.
 *
 * @param smallMin fewest parts of a small text
 * @param smallMax most parts of a small text
 * @param rarerMin fewest parts of a rarer text, above {@code smallMax}
 * @param rarerMax most parts of a rarer text
 */
record Shape(int smallMin, int smallMax, int rarerMin, int rarerMax) {
    Shape {
        if (smallMin < 1 || smallMax < smallMin || rarerMin <= smallMax || rarerMax < rarerMin) {
            throw new IllegalArgumentException("small parts must be 1 or more and below the rarer ones, but were "
                    + smallMin + ".." + smallMax + " and " + rarerMin + ".." + rarerMax);
        }
    }

    /** A number of parts for a new text. */
    int draw(RandomGenerator random, Size size) {
        return size == Size.SMALL ? Draw.between(random, smallMin, smallMax) : Draw.between(random, rarerMin, rarerMax);
    }

    /** The size of a text that has this many parts. */
    Size sizeOf(int parts) {
        return parts <= smallMax ? Size.SMALL : Size.RARER;
    }
}
