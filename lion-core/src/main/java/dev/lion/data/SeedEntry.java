package dev.lion.data;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.Set;

/** One JSON object of a file of seed instructions. */
final class SeedEntry {
    static final String ACCEPTED = "Accepted are a JSON array or JSON Lines of objects with \"instruction\" and an"
            + " optional \"input\", or with a conversation in \"messages\" or \"conversations\".";

    private static final Set<String> USER_ROLES = Set.of("user", "human");

    private SeedEntry() {}

    /** What is wrong with an entry; the reader adds where. */
    static final class Fault extends Exception {
        private static final long serialVersionUID = 1L;

        Fault(String message) {
            super(message);
        }
    }

    static Instruction toInstruction(JsonNode entry) throws Fault {
        if (!entry.isObject()) {
            throw new Fault("expected a JSON object, found " + describe(entry));
        }
        if (entry.has("instruction")) {
            return Instruction.of(text(entry, "instruction"), input(entry));
        }
        if (entry.has("messages")) {
            return Instruction.of(firstUserTurn(entry, "messages", "role", "content"));
        }
        if (entry.has("conversations")) {
            return Instruction.of(firstUserTurn(entry, "conversations", "from", "value"));
        }
        throw new Fault("field \"instruction\" is missing (there is no \"messages\" or \"conversations\" either)");
    }

    private static String input(JsonNode entry) throws Fault {
        if (!entry.has("input") && entry.has("instances")) {
            JsonNode instances = entry.get("instances");
            if (!instances.isArray() || instances.isEmpty()) {
                throw new Fault("field \"instances\": expected a list with an input, found " + describe(instances));
            }
            return optionalText(instances.get(0), "input");
        }
        return optionalText(entry, "input");
    }

    private static String firstUserTurn(JsonNode entry, String field, String role, String content) throws Fault {
        JsonNode turns = entry.get(field);
        if (!turns.isArray()) {
            throw new Fault("field \"" + field + "\": expected a list of turns, found " + describe(turns));
        }
        for (JsonNode turn : turns) {
            if (USER_ROLES.contains(turn.path(role).asText().toLowerCase(Locale.ROOT))) {
                return text(turn, content);
            }
        }
        throw new Fault("field \"" + field + "\": no turn whose \"" + role + "\" is \"user\" or \"human\"");
    }

    private static String optionalText(JsonNode node, String field) throws Fault {
        JsonNode value = node.path(field);
        if (value.isMissingNode() || value.isNull()) {
            return "";
        }
        if (!value.isTextual()) {
            throw new Fault("field \"" + field + "\": expected text, found " + describe(value));
        }
        return value.textValue().isBlank() ? "" : value.textValue();
    }

    private static String text(JsonNode node, String field) throws Fault {
        String text = optionalText(node, field);
        if (text.isEmpty()) {
            throw new Fault("field \"" + field + "\": expected text, found nothing or blanks only");
        }
        return text;
    }

    private static String describe(JsonNode node) {
        return switch (node.getNodeType()) {
            case ARRAY -> node.isEmpty() ? "an empty list" : "a list";
            case OBJECT -> "an object";
            case STRING -> "text";
            default -> node.toString();
        };
    }
}
