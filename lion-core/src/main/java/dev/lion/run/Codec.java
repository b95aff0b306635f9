package dev.lion.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Writes values of one type as JSON objects, fields in a fixed order, and reads them back exactly. Reading throws {@link
 * IllegalArgumentException} with what is wrong; the caller adds file and line.
 */
interface Codec<T> {
    ObjectNode write(T value);

    T read(JsonNode node);
}
