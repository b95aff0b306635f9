package dev.lion.student.serving;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.lion.student.RequestSeed;
import dev.lion.student.decoding.DecodingConfig;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Reads the body of a chat completion. What it has beyond OpenAI's fields is named as vLLM does. A field that is not known is
 * passed over, as other servers do; one whose effect a student lacks is refused.
 */
final class ChatCallReader {
    private static final int MOST_STOPS = 16;
    private static final int LONGEST_STOP = 1000;
    private static final StreamReadConstraints LIMITS = StreamReadConstraints.defaults();
    private static final double HOTTEST = 2;
    private static final double STRONGEST_PENALTY = 10;
    private static final double LEAST = 1e-6;
    private static final double MOST_MIN_P = 0.999;
    private static final ObjectReader JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build()
            .reader();

    private final String model;
    private final DecodingConfig base;
    private final ServingConfig config;

    /**
     * A reader.
     *
     * @param model the name of the only model
     * @param base for what a request does not say
     */
    ChatCallReader(String model, DecodingConfig base, ServingConfig config) {
        this.model = model;
        this.base = base;
        this.config = config;
    }

    /**
     * The request in a body.
     *
     * @throws RefusedException naming what is wrong
     */
    ChatCall read(byte[] json) {
        var body = new Fields(parsed(json), "");
        requireModel(body);
        Unsupported.requireNone(body);
        var messages = MessagesReader.read(body, config.maxMessages());
        boolean streamed = body.flag("stream");
        return new ChatCall(
                messages,
                decoding(body),
                body.whole("seed").orElseGet(() -> RequestSeed.of(messages, 0)),
                streamed,
                usageWanted(body, streamed));
    }

    private static JsonNode parsed(byte[] json) {
        try {
            return JSON.readTree(text(json));
        } catch (StreamConstraintsException e) {
            throw invalid("the body has a number of more than " + LIMITS.getMaxNumberLength()
                    + " digits, a name of more than "
                    + LIMITS.getMaxNameLength() + " characters, or more than " + LIMITS.getMaxNestingDepth()
                    + " levels" + place(e));
        } catch (JsonProcessingException e) {
            throw invalid("the body is not JSON" + place(e));
        }
    }

    /** Nothing but UTF-8, which a byte order mark may begin. */
    private static String text(byte[] json) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(json))
                    .toString();
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw invalid("the body is not JSON in UTF-8");
        }
    }

    private static String place(JsonProcessingException fault) {
        var place = fault.getLocation();
        return place == null
                ? ""
                : String.format(Locale.ROOT, ": see line %d, column %d", place.getLineNr(), place.getColumnNr());
    }

    private static RefusedException invalid(String message) {
        return RefusedException.request(400, "invalid_json", message);
    }

    private void requireModel(Fields body) {
        var asked = body.text("model");
        if (asked.isPresent() && !asked.get().equals(model)) {
            throw RefusedException.model("there is no such model here; the only one is '" + model + "'");
        }
    }

    private static boolean usageWanted(Fields body, boolean streamed) {
        var options = body.any("stream_options");
        if (options.isPresent() && !streamed) {
            throw RefusedException.field("stream_options", "is for streamed answers, with stream true");
        }
        return options.isPresent() && new Fields(options.get(), "stream_options").flag("include_usage");
    }

    private DecodingConfig decoding(Fields body) {
        int topK = body.integer("top_k", -1, Integer.MAX_VALUE).orElse(base.topK());
        return new DecodingConfig(
                body.number("temperature", 0, HOTTEST).orElse(base.temperature()),
                topK < 1 ? Integer.MAX_VALUE : topK,
                body.number("top_p", LEAST, 1).orElse(base.topP()),
                body.number("min_p", 0, MOST_MIN_P).orElse(base.minP()),
                body.number("repetition_penalty", LEAST, STRONGEST_PENALTY).orElse(base.repetitionPenalty()),
                tokens(body),
                stops(body));
    }

    private int tokens(Fields body) {
        var former = body.integer("max_tokens", 1, config.maxTokens());
        var asked = body.integer("max_completion_tokens", 1, config.maxTokens());
        if (former.isPresent() && asked.isPresent() && former.getAsInt() != asked.getAsInt()) {
            throw RefusedException.field("max_tokens", "contradicts max_completion_tokens; give one of them");
        }
        return asked.orElse(former.orElse(Math.min(base.maxNewTokens(), config.maxTokens())));
    }

    private List<String> stops(Fields body) {
        var asked = body.any("stop");
        if (asked.isEmpty()) {
            return base.stopStrings();
        }
        var stops = new ArrayList<String>();
        for (JsonNode stop : asked.get().isArray() ? asked.get() : List.of(asked.get())) {
            if (!stop.isTextual() || stop.textValue().isEmpty()) {
                throw RefusedException.field("stop", "must be a string, or a list of them, none of them empty");
            }
            if (stop.textValue().length() > LONGEST_STOP) {
                throw RefusedException.field("stop", "must be at most " + LONGEST_STOP + " characters long each");
            }
            stops.add(MessagesReader.paired(stop.textValue(), "stop"));
        }
        if (stops.size() > MOST_STOPS) {
            throw RefusedException.field("stop", "must be at most " + MOST_STOPS + " strings, not " + stops.size());
        }
        return stops;
    }
}
