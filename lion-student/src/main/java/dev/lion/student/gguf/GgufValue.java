package dev.lion.student.gguf;

import java.util.List;
import java.util.Objects;

/** What a key of a GGUF file stands for. Whole numbers of all widths are one kind here, and so are all others. */
sealed interface GgufValue {
    /** A whole number; written with 32 bits. */
    record Whole(long value) implements GgufValue {}

    /** A number; written with 32 bits. */
    record Real(double value) implements GgufValue {}

    /** True or false. */
    record Flag(boolean value) implements GgufValue {}

    /** A text. */
    record Text(String value) implements GgufValue {
        public Text {
            Objects.requireNonNull(value, "value");
        }
    }

    /** Texts. */
    record Texts(List<String> values) implements GgufValue {
        public Texts {
            values = List.copyOf(values);
        }
    }

    /** Whole numbers; written with 32 bits each. */
    record Wholes(List<Integer> values) implements GgufValue {
        public Wholes {
            values = List.copyOf(values);
        }
    }

    /** Numbers; written with 32 bits each. */
    record Reals(List<Float> values) implements GgufValue {
        public Reals {
            values = List.copyOf(values);
        }
    }
}
