package dev.lion.examples;

/** A choice with a number or a range of numbers behind it: {@code all}, {@code sample=0.3}, {@code band=-1..1}. */
record NamedSetting(String name, String value) {
    private static final String RANGE = "..";

    static NamedSetting of(String text) {
        int equals = text.indexOf('=');
        return equals < 0
                ? new NamedSetting(text, "")
                : new NamedSetting(text.substring(0, equals), text.substring(equals + 1));
    }

    /** The result, unless there is a value. */
    <T> T alone(T result) {
        if (!value.isEmpty()) {
            throw new IllegalArgumentException(name + " takes no value");
        }
        return result;
    }

    boolean isRange() {
        return value.contains(RANGE);
    }

    double number() {
        return number(value);
    }

    double low() {
        return number(value.substring(0, range()));
    }

    double high() {
        return number(value.substring(range() + RANGE.length()));
    }

    private int range() {
        if (!isRange()) {
            throw new IllegalArgumentException(name + " needs a range, as in " + name + "=0.1..0.5");
        }
        return value.indexOf(RANGE);
    }

    private double number(String text) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(name + " needs a number, as in " + name + "=0.5", e);
        }
    }
}
