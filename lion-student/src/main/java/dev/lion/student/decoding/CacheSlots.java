package dev.lion.student.decoding;

/** How many slots a row's cache has: few sizes, so that rows share groups, and none more than half as large again as the one below. */
final class CacheSlots {
    private static final int LEAST = 64;

    private CacheSlots() {}

    /** The least number of slots for so many tokens: 64, 96, 128, 192, 256, 384 and so on. */
    static int atLeast(int tokens) {
        int slots = LEAST;
        while (slots < tokens) {
            slots = Integer.bitCount(slots) == 1 ? slots + slots / 2 : slots + slots / 3;
        }
        return slots;
    }
}
