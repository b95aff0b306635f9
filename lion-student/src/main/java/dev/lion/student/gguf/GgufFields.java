package dev.lion.student.gguf;

import dev.lion.student.checkpoint.CheckpointException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** The keys of a GGUF file as what they are meant to be. */
record GgufFields(Path file, Map<String, GgufValue> metadata) {
    int whole(String key) {
        return optionalWhole(key).orElseThrow(() -> missing(key));
    }

    OptionalInt optionalWhole(String key) {
        Optional<GgufValue.Whole> value = of(key, GgufValue.Whole.class);
        if (value.isEmpty()) {
            return OptionalInt.empty();
        }
        long number = value.get().value();
        if (number < 0 || number > Integer.MAX_VALUE) {
            throw new CheckpointException(file + ": " + key + " is " + number + ", which no model has");
        }
        return OptionalInt.of((int) number);
    }

    double real(String key) {
        return of(key, GgufValue.Real.class).orElseThrow(() -> missing(key)).value();
    }

    boolean flag(String key) {
        return of(key, GgufValue.Flag.class).map(GgufValue.Flag::value).orElse(false);
    }

    String text(String key) {
        return of(key, GgufValue.Text.class).orElseThrow(() -> missing(key)).value();
    }

    List<String> texts(String key) {
        return of(key, GgufValue.Texts.class).map(GgufValue.Texts::values).orElse(List.of());
    }

    List<Integer> wholes(String key) {
        return of(key, GgufValue.Wholes.class).map(GgufValue.Wholes::values).orElse(List.of());
    }

    List<Float> reals(String key) {
        return of(key, GgufValue.Reals.class).map(GgufValue.Reals::values).orElse(List.of());
    }

    private <T extends GgufValue> Optional<T> of(String key, Class<T> kind) {
        @Nullable GgufValue value = metadata.get(key);
        if (value == null) {
            return Optional.empty();
        }
        if (!kind.isInstance(value)) {
            throw new CheckpointException(file + ": " + key + " is a "
                    + value.getClass().getSimpleName() + ", where a " + kind.getSimpleName() + " is due");
        }
        return Optional.of(kind.cast(value));
    }

    private CheckpointException missing(String key) {
        return new CheckpointException(file + ": the key " + key + " is missing");
    }
}
