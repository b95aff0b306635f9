package dev.lion.teacher.prompt;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import dev.lion.data.FinishReason;
import dev.lion.data.Response;
import dev.lion.data.Verdict;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads a verdict that is a JSON object. The object is the whole reply, but for white space, one code fence, and reasoning in
 * tags before it; the fields are the ones that were asked for, each once, in any order; the mark is that of the message. A score
 * may be a number or a text that is one. The evidence may be missing. Anything else is an abstention.
 */
final class JsonVerdict {
    /** The fields, in the order in which they are asked for: the evidence before the scores (paper, section 3.2). */
    static final String MARK = "mark";

    static final String EVIDENCE = "evidence";
    static final String FIRST = "score_of_answer_1";
    static final String SECOND = "score_of_answer_2";
    static final String BETTER = "better_answer";

    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();
    private static final Pattern FENCE_START = Pattern.compile("```(?:json|JSON)?[ \\t]*+\\r?\\n");
    private static final String FENCE_END = "```";
    private static final String BYTE_ORDER_MARK = "\uFEFF";
    private static final Pattern NUMBER = Pattern.compile("\\d{1,4}(?:\\.\\d{1,6})?");

    /** Why a reply is no verdict. */
    private static final class Unreadable extends Exception {
        private static final long serialVersionUID = 1L;

        Unreadable(String reason) {
            super(reason);
        }
    }

    private JsonVerdict() {}

    static Verdict read(Response reply, Scale scale, String mark) {
        try {
            Map<String, String> fields = fields(json(reply.text()), names(scale));
            requireMark(fields, mark);
            double[] scores = scale instanceof Scale.Points points ? points(fields, points) : preference(fields);
            return new Verdict.Scored(
                    scores[0], scores[1], fields.getOrDefault(EVIDENCE, "").strip(), reply.usage());
        } catch (Unreadable e) {
            String hint =
                    reply.finishReason() == FinishReason.LENGTH ? "; the reply was cut by the limit on its length" : "";
            return new Verdict.Abstained(e.getMessage() + hint, reply.usage());
        }
    }

    private static Set<String> names(Scale scale) {
        return scale instanceof Scale.Points ? Set.of(MARK, EVIDENCE, FIRST, SECOND) : Set.of(MARK, EVIDENCE, BETTER);
    }

    /** The reply without what may stand around the object. */
    private static String json(String reply) {
        String text = (reply.startsWith(BYTE_ORDER_MARK) ? reply.substring(BYTE_ORDER_MARK.length()) : reply).strip();
        // what begins as an object has no reasoning before it, whatever tags its evidence quotes
        String rest = text.startsWith("{") ? text : Reasoning.strip(text, true).strip();
        return withoutFence(rest);
    }

    /** What stands between the lines of a fence; the parser skips the white space around it. */
    private static String withoutFence(String text) {
        Matcher start = FENCE_START.matcher(text);
        if (!start.lookingAt() || !text.endsWith(FENCE_END) || text.length() < start.end() + FENCE_END.length()) {
            return text;
        }
        return text.substring(start.end(), text.length() - FENCE_END.length());
    }

    private static Map<String, String> fields(String json, Set<String> names) throws Unreadable {
        try (JsonParser parser = JSON.createParser(json)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new Unreadable("the reply is not the JSON object that was asked for");
            }
            Map<String, String> fields = new HashMap<>();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                if (!names.contains(name)) {
                    throw new Unreadable(
                            "the JSON object has the field '" + excerpt(name) + "', which was not asked for");
                }
                fields.put(name, scalar(name, parser));
            }
            if (parser.nextToken() != null) {
                throw new Unreadable("there is something after the JSON object");
            }
            return fields;
        } catch (JsonProcessingException e) {
            throw new Unreadable("the reply is not a JSON object without faults: " + excerpt(e.getOriginalMessage()));
        } catch (IOException e) {
            throw new UncheckedIOException("a text cannot be read", e);
        }
    }

    private static String scalar(String name, JsonParser parser) throws IOException, Unreadable {
        JsonToken token = parser.nextToken();
        boolean isText = name.equals(MARK) || name.equals(EVIDENCE) || name.equals(BETTER);
        if (token == JsonToken.VALUE_STRING || (!isText && token != null && token.isNumeric())) {
            return parser.getText();
        }
        throw new Unreadable("the field " + name + " of the JSON object is not a " + (isText ? "text" : "number"));
    }

    private static void requireMark(Map<String, String> fields, String mark) throws Unreadable {
        String given = required(fields, MARK).strip();
        if (!given.equalsIgnoreCase(mark) && !given.equalsIgnoreCase("[" + mark + "]")) {
            throw new Unreadable("the mark of the JSON object is not that of the message");
        }
    }

    private static String required(Map<String, String> fields, String name) throws Unreadable {
        return Optional.ofNullable(fields.get(name))
                .orElseThrow(() -> new Unreadable("the JSON object has no field " + name));
    }

    private static double[] points(Map<String, String> fields, Scale.Points scale) throws Unreadable {
        return new double[] {score(fields, FIRST, scale), score(fields, SECOND, scale)};
    }

    private static double score(Map<String, String> fields, String name, Scale.Points scale) throws Unreadable {
        String text = required(fields, name).strip();
        if (!NUMBER.matcher(text).matches()) {
            throw new Unreadable("the field " + name + " is not a plain number: '" + excerpt(text) + "'");
        }
        double points = Double.parseDouble(text);
        if (!scale.contains(points)) {
            throw new Unreadable(
                    "the field " + name + " is outside " + ScoreValue.range(scale) + ": '" + excerpt(text) + "'");
        }
        return scale.score(points);
    }

    private static double[] preference(Map<String, String> fields) throws Unreadable {
        return switch (required(fields, BETTER).strip()) {
            case "1" -> new double[] {10, 1};
            case "2" -> new double[] {1, 10};
            case "tie" -> new double[] {5.5, 5.5};
            default -> throw new Unreadable("the field " + BETTER + " is none of 1, 2 and tie");
        };
    }

    private static String excerpt(String text) {
        return text.length() <= 60 ? text : text.substring(0, 60) + "…";
    }
}
