package dev.lion.cost;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.lion.data.Money;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.YearMonth;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Prices by the name of a model: the user's own, or the few dated ones that come with lion. Prices change; an old one is
 * as wrong as it is old, which is why each says when it was seen. Immutable.
 */
public final class PriceList {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final Map<String, Entry> byModel;

    private PriceList(Map<String, Entry> byModel) {
        this.byModel = byModel;
    }

    /**
     * A model's price.
     *
     * @param model its name, as it is sent to the provider
     * @param price in dollars for a million tokens
     * @param asOf when the price was seen; empty when the list does not say
     */
    public record Entry(String model, Price price, Optional<YearMonth> asOf) {}

    /** The small list that comes with lion. */
    public static PriceList bundled() {
        try (InputStream in = PriceList.class.getResourceAsStream("prices.json")) {
            if (in == null) {
                throw new IllegalStateException("dev/lion/cost/prices.json is missing from lion-core");
            }
            return parse(Path.of("prices.json"), new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("dev/lion/cost/prices.json cannot be read", e);
        }
    }

    /**
     * Reads a list: a JSON object whose {@code prices} are objects with {@code model}, {@code input} and {@code output}, in
     * dollars for a million tokens, and optionally {@code asOf}, such as {@code 2026-03}.
     *
     * @throws PriceListException when it cannot be read
     */
    public static PriceList read(Path file) {
        try {
            return parse(file, Files.readString(file));
        } catch (IOException e) {
            throw new PriceListException(file, e.toString());
        }
    }

    private static PriceList parse(Path file, String text) {
        Map<String, Entry> byModel = new LinkedHashMap<>();
        try {
            JsonNode prices = JSON.readTree(text).path("prices");
            if (!prices.isArray()) {
                throw new PriceListException(file, "it has no list named \"prices\"");
            }
            for (JsonNode node : prices) {
                Entry entry = entry(node);
                if (byModel.put(entry.model(), entry) != null) {
                    throw new PriceListException(file, entry.model() + " is in it twice");
                }
            }
        } catch (JsonProcessingException e) {
            throw new PriceListException(file, "it is not JSON: " + e.getOriginalMessage());
        } catch (IllegalArgumentException | DateTimeException e) {
            throw new PriceListException(file, String.valueOf(e.getMessage()));
        }
        return new PriceList(byModel);
    }

    private static Entry entry(JsonNode node) {
        String model = node.path("model").asText();
        if (model.isBlank()) {
            throw new IllegalArgumentException("an entry has no \"model\": " + node);
        }
        Price price = new Price(money(node, "input"), money(node, "output"));
        Optional<YearMonth> asOf =
                node.has("asOf") ? Optional.of(YearMonth.parse(node.path("asOf").asText())) : Optional.empty();
        return new Entry(model, price, asOf);
    }

    private static Money money(JsonNode node, String field) {
        JsonNode value = node.path(field);
        if (!value.isNumber()) {
            throw new IllegalArgumentException("\"" + field + "\" must be a number in " + node);
        }
        return new Money(value.decimalValue());
    }

    /** The price of a model by its exact name. */
    public Optional<Entry> find(String model) {
        return Optional.ofNullable(byModel.get(model));
    }
}
