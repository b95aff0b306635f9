package dev.lion.novelty;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Texts as sequences of token numbers, compressed, in pages: about 1.6 bytes a token. */
final class Texts {
    private static final int PAGE_BITS = 20;
    private static final int PAGE = 1 << PAGE_BITS;

    private final List<byte[]> pages = new ArrayList<>();
    // where the next text begins in the last page
    private int end = PAGE;
    // page and position of each text's length, which its tokens follow
    private int[] places = new int[64];
    private int size;

    int size() {
        return size;
    }

    void add(int[] tokens, int length) {
        int most = (length + 1) * Varint.LONGEST;
        if (end + most > PAGE) {
            int needed = encodedLength(tokens, length);
            if (end + needed > PAGE) {
                pages.add(new byte[Math.max(PAGE, needed)]);
                end = 0;
            }
        }
        remember(((pages.size() - 1) << PAGE_BITS) | end);
        byte[] page = pages.get(pages.size() - 1);
        end = Varint.write(page, end, length);
        for (int i = 0; i < length; i++) {
            end = Varint.write(page, end, tokens[i]);
        }
    }

    private static int encodedLength(int[] tokens, int length) {
        byte[] scratch = new byte[Varint.LONGEST];
        int bytes = Varint.write(scratch, 0, length);
        for (int i = 0; i < length; i++) {
            bytes += Varint.write(scratch, 0, tokens[i]);
        }
        return bytes;
    }

    private void remember(int place) {
        if (size == places.length) {
            places = Arrays.copyOf(places, size + size / 2);
        }
        places[size++] = place;
    }

    /** Makes the reader read the text's length, and then its tokens. */
    void read(int text, Varint.Reader reader) {
        reader.moveTo(pages.get(places[text] >>> PAGE_BITS), places[text] & (PAGE - 1));
    }
}
