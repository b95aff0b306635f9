package dev.lion.novelty;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Texts as sequences of token numbers, in pages: two bytes a token, four for those seen after the first {@value #PAIRS}.
 * (One to three bytes would be a fifth smaller, but a query would guess wrong at every other token how many.)
 */
final class Texts {
    /** From here on a number takes two characters. */
    private static final int PAIRS = 0xF000;

    // small enough that a collector with regions of a megabyte does not give a page two of its own
    private static final int PAGE_BITS = 16;
    private static final int PAGE = 1 << PAGE_BITS;

    private final List<char[]> pages = new ArrayList<>();
    // where the next text begins in the last page
    private int end = PAGE;
    // page and position of each text's length, which its tokens follow
    private int[] places = new int[64];
    private int size;

    int size() {
        return size;
    }

    void add(int[] tokens, int length) {
        int needed = width(length);
        for (int i = 0; i < length; i++) {
            needed += width(tokens[i]);
        }
        if (end + needed > PAGE) {
            pages.add(new char[Math.max(PAGE, needed)]);
            end = 0;
        }
        remember(((pages.size() - 1) << PAGE_BITS) | end);
        write(length);
        for (int i = 0; i < length; i++) {
            write(tokens[i]);
        }
    }

    private static int width(int number) {
        return number < PAIRS ? 1 : 2;
    }

    private void write(int number) {
        char[] page = pages.get(pages.size() - 1);
        if (number >= PAIRS) {
            page[end++] = (char) (PAIRS + (number >>> Character.SIZE));
        }
        page[end++] = (char) number;
    }

    private void remember(int place) {
        if (size == places.length) {
            places = Arrays.copyOf(places, size + size / 2);
        }
        places[size++] = place;
    }

    /** Makes the reader read the text's length, and then its tokens. */
    void read(int text, Reader reader) {
        reader.page = pages.get(places[text] >>> PAGE_BITS);
        reader.position = places[text] & (PAGE - 1);
    }

    /** Reads one number after another. */
    static final class Reader {
        private char[] page = new char[0];
        private int position;

        int next() {
            int number = page[position++];
            return number < PAIRS ? number : ((number - PAIRS) << Character.SIZE) | page[position++];
        }
    }
}
