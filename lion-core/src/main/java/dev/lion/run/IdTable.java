package dev.lion.run;

import com.google.common.hash.Hashing;
import java.nio.charset.StandardCharsets;

/**
 * A number above 0 for each instruction id, in 16 to 45 bytes: open addressing over the 64 bits that an id spells. For one
 * thread at a time.
 */
final class IdTable {
    private static final int DIGITS = 16;
    private static final double FULLEST = 0.7;

    private long[] keys = new long[1 << 10];
    private long[] values = new long[1 << 10]; // 0 where nothing is kept
    private int size;

    // an id is 16 hexadecimal digits; anything else is hashed to as many bits
    private static long key(String id) {
        long key = 0;
        for (int i = 0; i < id.length(); i++) {
            int digit = Character.digit(id.charAt(i), 16);
            if (digit < 0 || id.length() != DIGITS) {
                return Hashing.sha256().hashString(id, StandardCharsets.UTF_8).asLong();
            }
            key = key << 4 | digit;
        }
        return key;
    }

    void put(String id, long value) {
        if (value <= 0) {
            throw new IllegalArgumentException("the value must be above 0, but is " + value);
        }
        if (size >= FULLEST * keys.length) {
            grow();
        }
        size += put(keys, values, key(id), value);
    }

    private static int put(long[] keys, long[] values, long key, long value) {
        int slot = slot(keys, values, key);
        int added = values[slot] == 0 ? 1 : 0;
        keys[slot] = key;
        values[slot] = value;
        return added;
    }

    // where the key is, or belongs
    private static int slot(long[] keys, long[] values, long key) {
        int slot = (int) ((key * 0x9E3779B97F4A7C15L) >>> 32) & (keys.length - 1);
        while (values[slot] != 0 && keys[slot] != key) {
            slot = slot + 1 & (keys.length - 1);
        }
        return slot;
    }

    private void grow() {
        long[] moreKeys = new long[2 * keys.length];
        long[] moreValues = new long[2 * keys.length];
        for (int i = 0; i < keys.length; i++) {
            if (values[i] != 0) {
                put(moreKeys, moreValues, keys[i], values[i]);
            }
        }
        keys = moreKeys;
        values = moreValues;
    }

    /** The number of an id, 0 when there is none. */
    long get(String id) {
        return values[slot(keys, values, key(id))];
    }

    int size() {
        return size;
    }
}
