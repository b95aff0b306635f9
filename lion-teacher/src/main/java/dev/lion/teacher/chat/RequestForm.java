package dev.lion.teacher.chat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.ChatMessageSerializer;
import java.io.UncheckedIOException;
import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Requests as JSON in which equal requests are equal texts: keys sorted, what is not set left out. Whatever a provider's
 * parameters add is found in their fields, so that a parameter that lion does not know counts too. Any thread may use it.
 */
final class RequestForm {
    private static final int DEEPEST = 64;
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();
    private static final ObjectWriter ASCII = JSON.writer().with(JsonWriteFeature.ESCAPE_NON_ASCII);

    private RequestForm() {}

    /** Parameters hold something that cannot be told apart by its contents. */
    static final class UndescribableException extends Exception {
        private static final long serialVersionUID = 1L;

        UndescribableException(String message) {
            super(message);
        }
    }

    /** Messages as LangChain4j writes them. */
    static Object messages(List<ChatMessage> messages) {
        return read(ChatMessageSerializer.messagesToJson(messages));
    }

    /** Parameters by their names; those that are not set are left out. */
    static Map<String, Object> parameters(Object parameters) throws UndescribableException {
        return fields(parameters, 0);
    }

    /** The JSON text of maps, lists and plain values. */
    static String text(Object form) {
        return text(form, JSON.writer());
    }

    private static String text(Object form, ObjectWriter writer) {
        try {
            return writer.writeValueAsString(form);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The same in a form that every encoding can hold, half surrogate pairs included. */
    static String encodableText(Object form) {
        String text = text(form);
        return StandardCharsets.UTF_8.newEncoder().canEncode(text) ? text : text(form, ASCII);
    }

    /** The maps, lists and plain values of a JSON text. */
    static Object read(String json) {
        try {
            return JSON.readValue(json, Object.class);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** 64 hexadecimal digits of SHA-256. */
    static String hash(Object form) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256").digest(text(form).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static @Nullable Object describe(@Nullable Object value, int depth) throws UndescribableException {
        if (depth > DEEPEST) {
            throw new UndescribableException("parameters that hold themselves");
        }
        if (value == null || value instanceof Number || value instanceof Boolean || value instanceof JsonNode) {
            return value;
        }
        if (value instanceof CharSequence || value instanceof Enum<?>) {
            return value.toString();
        }
        if (value instanceof Optional<?> optional) {
            return describe(optional.orElse(null), depth);
        }
        if (value instanceof Map<?, ?> map) {
            return entries(map, depth);
        }
        if (value instanceof Collection<?> || value.getClass().isArray()) {
            return items(value, depth);
        }
        return described(value, depth);
    }

    private static Map<String, Object> entries(Map<?, ?> map, int depth) throws UndescribableException {
        Map<String, Object> sorted = new TreeMap<>();
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            put(sorted, String.valueOf(entry.getKey()), describe(entry.getValue(), depth + 1));
        }
        return sorted;
    }

    private static void put(Map<String, Object> sorted, String name, @Nullable Object value) {
        if (value != null) {
            sorted.put(name, value);
        }
    }

    private static List<Object> items(Object value, int depth) throws UndescribableException {
        Object[] items = value instanceof Collection<?> collection ? collection.toArray() : array(value);
        List<Object> described = new ArrayList<>(items.length);
        for (Object item : items) {
            Object form = describe(item, depth + 1);
            described.add(form == null ? "" : form);
        }
        if (value instanceof Set<?>) {
            described.sort((one, other) -> text(one).compareTo(text(other)));
        }
        return described;
    }

    private static Object[] array(Object array) {
        Object[] items = new Object[Array.getLength(array)];
        for (int i = 0; i < items.length; i++) {
            items[i] = Array.get(array, i);
        }
        return items;
    }

    // the type tells apart what has equal fields, such as the schemas of a number and of a text
    private static Object described(Object value, int depth) throws UndescribableException {
        Class<?> type = value.getClass();
        if (type.getName().startsWith("java.")) {
            return value.toString(); // a duration, a URI
        }
        if (type.isHidden()) {
            throw new UndescribableException("a lambda expression");
        }
        Map<String, Object> sorted = fields(value, depth);
        sorted.put("@type", type.getSimpleName());
        return sorted;
    }

    private static Map<String, Object> fields(Object value, int depth) throws UndescribableException {
        Map<String, Object> sorted = new TreeMap<>();
        for (Class<?> type = value.getClass(); type != null && type != Object.class; type = type.getSuperclass()) {
            for (Field field : type.getDeclaredFields()) {
                if (!Modifier.isStatic(field.getModifiers()) && !Modifier.isTransient(field.getModifiers())) {
                    put(sorted, field.getName(), describe(get(field, value), depth + 1));
                }
            }
        }
        sorted.values().removeIf(RequestForm::isEmpty);
        return sorted;
    }

    // a list that is empty in a provider's parameters is null in others
    private static boolean isEmpty(Object value) {
        return (value instanceof Collection<?> items && items.isEmpty())
                || (value instanceof Map<?, ?> map && map.isEmpty());
    }

    private static @Nullable Object get(Field field, Object owner) throws UndescribableException {
        try {
            field.setAccessible(true);
            return field.get(owner);
        } catch (RuntimeException | IllegalAccessException e) {
            throw new UndescribableException("the field " + field.getName() + " of "
                    + field.getDeclaringClass().getName() + ", which may not be read");
        }
    }
}
