package dev.lion.student.serving;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * How a {@link StudentServer} serves.
 *
 * @param port where it listens, on 127.0.0.1; 0 for any free one; default 8080
 * @param modelName what clients call the model; default the student's name
 * @param key what clients must send; default nothing
 * @param maxBodyBytes longest body of a request; default 1 MiB
 * @param maxMessages most messages of a request; default 1000
 * @param maxTokens the most that a request may ask for, and what one gets that does not say; default 4096, and for those the
 *     student's own limit where that is lower
 * @param maxConnections requests that are open at a time, those that wait for the student included; further ones get status
 *     503, and are hung up on where there are too many even for that; default 512
 * @param headPatience how long a client may take to send the head of its request, so that those that send nothing keep nobody
 *     out for long; no longer than {@code patience}; default 5 s
 * @param patience how long a client may take to send the body, or to take what is written to it; default 30 s
 * @param grace how long answers under way may go on once the server is closed; default 5 s
 */
public record ServingConfig(
        int port,
        Optional<String> modelName,
        Optional<ApiKey> key,
        int maxBodyBytes,
        int maxMessages,
        int maxTokens,
        int maxConnections,
        Duration headPatience,
        Duration patience,
        Duration grace) {
    private static final int LAST_PORT = 65_535;
    private static final String NAME = "of characters that can be seen, and not blank";

    public ServingConfig {
        Objects.requireNonNull(key, "key");
        var faults = new ArrayList<String>();
        require(faults, port >= 0 && port <= LAST_PORT, "port", port, "from 0 to " + LAST_PORT);
        require(faults, modelName.stream().allMatch(ServingConfig::isName), "modelName", "", NAME);
        require(faults, maxBodyBytes > 0, "maxBodyBytes", maxBodyBytes, "above 0");
        require(faults, maxMessages > 0, "maxMessages", maxMessages, "above 0");
        require(faults, maxTokens > 0, "maxTokens", maxTokens, "above 0");
        require(faults, maxConnections > 0, "maxConnections", maxConnections, "above 0");
        require(faults, headPatience.toMillis() > 0, "headPatience", headPatience, "a millisecond or more");
        require(faults, patience.toMillis() > 0, "patience", patience, "a millisecond or more");
        require(faults, !grace.isNegative(), "grace", grace, "0 or more");
        if (!faults.isEmpty()) {
            throw new IllegalArgumentException("not a usable serving configuration: " + String.join("; ", faults));
        }
    }

    private static void require(List<String> faults, boolean holds, String name, Object value, String wanted) {
        if (!holds) {
            faults.add(name + " " + value + " must be " + wanted);
        }
    }

    /** Whether clients can call a model that: something that is not blank, without control characters or halves of characters. */
    public static boolean isName(String name) {
        return !name.isBlank()
                && name.codePoints().noneMatch(c -> switch (Character.getType(c)) {
                    case Character.CONTROL,
                            Character.FORMAT,
                            Character.LINE_SEPARATOR,
                            Character.PARAGRAPH_SEPARATOR,
                            Character.SURROGATE -> true;
                    default -> false;
                });
    }

    /** How long the head of a request may take. */
    Duration shortPatience() {
        return headPatience.compareTo(patience) < 0 ? headPatience : patience;
    }

    /** The defaults, to be changed. */
    public static Builder builder() {
        return new Builder();
    }

    /** Sets how a server serves; the defaults are those of {@link ServingConfig}. */
    public static final class Builder {
        private int port = 8080;
        private Optional<String> modelName = Optional.empty();
        private Optional<ApiKey> key = Optional.empty();
        private int maxBodyBytes = 1 << 20;
        private int maxMessages = 1000;
        private int maxTokens = 4096;
        private int maxConnections = 512;
        private Duration headPatience = Duration.ofSeconds(5);
        private Duration patience = Duration.ofSeconds(30);
        private Duration grace = Duration.ofSeconds(5);

        private Builder() {}

        /** Where it listens; 0 for any free port. */
        public Builder port(int value) {
            port = value;
            return this;
        }

        /** What clients call the model. */
        public Builder modelName(String value) {
            modelName = Optional.of(value);
            return this;
        }

        /** What clients must send. */
        public Builder key(ApiKey value) {
            key = Optional.of(value);
            return this;
        }

        /** Longest body of a request. */
        public Builder maxBodyBytes(int value) {
            maxBodyBytes = value;
            return this;
        }

        /** Most messages of a request. */
        public Builder maxMessages(int value) {
            maxMessages = value;
            return this;
        }

        /** The most tokens that a request may ask for. */
        public Builder maxTokens(int value) {
            maxTokens = value;
            return this;
        }

        /** Requests that are open at a time. */
        public Builder maxConnections(int value) {
            maxConnections = value;
            return this;
        }

        /** How long a client may take to send the head of its request. */
        public Builder headPatience(Duration value) {
            headPatience = value;
            return this;
        }

        /** How long a client may take to send or to read. */
        public Builder patience(Duration value) {
            patience = value;
            return this;
        }

        /** How long answers under way may go on once the server is closed. */
        public Builder grace(Duration value) {
            grace = value;
            return this;
        }

        /** The configuration. */
        public ServingConfig build() {
            return new ServingConfig(
                    port,
                    modelName,
                    key,
                    maxBodyBytes,
                    maxMessages,
                    maxTokens,
                    maxConnections,
                    headPatience,
                    patience,
                    grace);
        }
    }
}
