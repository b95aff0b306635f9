package dev.lion.report;

import dev.lion.data.Instruction;
import java.util.List;
import java.util.Random;

/** The invented instructions and answers of {@link ReportFixture}. */
final class Invented {
    private static final List<String> NAMES = List.of("Mara", "Idris", "Noor", "Tomas", "Lin", "Ayo", "Greta", "Sami");
    private static final List<String> THINGS = List.of("tickets", "jars", "stamps", "bricks", "pens", "loaves");
    private static final List<String> TASKS = List.of(
            "arithmetic",
            "date arithmetic",
            "truth tables",
            "word sorting",
            "object counting",
            "navigation",
            "family relations",
            "balanced brackets",
            "letter counting",
            "unit conversion");
    private static final String LONG_ANSWER =
            "Take the problem in steps and write each one down, so that every figure can be checked against the one before. "
                    .repeat(14);

    private Invented() {}

    static String task(int index) {
        return TASKS.get(index % TASKS.size()) + (index < TASKS.size() ? "" : ", part " + (1 + index / TASKS.size()));
    }

    static Instruction seed(int index) {
        return switch (index) {
            case 0 ->
                Instruction.of(
                        "\u0627\u062d\u0633\u0628 \u0645\u062c\u0645\u0648\u0639 17 \u0648 25 \u0648\u0627\u0634\u0631\u062d \u062e\u0637\u0648\u0627\u062a\u0643.");
            case 1 ->
                Instruction.of(
                        "\u6b21\u306e\u5358\u8a9e\u3092\u8f9e\u66f8\u9806\u306b\u4e26\u3079\u306a\u3055\u3044\u3002",
                        "\u3055\u304f\u3089\u3001\u3042\u3081\u3001\u304b\u308f");
            case 2 ->
                Instruction.of(
                        "Sort the words alphabetically and write them in one line.",
                        "pear, fig, \ud83c\udf4e apple, quince, date");
            case 3 -> Instruction.of("Explain step by step how to check a long addition. ".repeat(24));
            default -> variant(new Random(index), 0, index);
        };
    }

    static Instruction variant(Random random, int iteration, int index) {
        String who = NAMES.get(random.nextInt(NAMES.size()));
        String what = THINGS.get(random.nextInt(THINGS.size()));
        int a = 3 + random.nextInt(90);
        int b = 2 + random.nextInt(40);
        return Instruction.of(
                switch (random.nextInt(5)) {
                    case 0 ->
                        who + " packs " + a + " " + what + " into boxes of " + b
                                + ". How many boxes are full, and how many " + what + " are left over?";
                    case 1 ->
                        "Which day of the week falls " + (a * b) + " days after a Tuesday? Case " + iteration + "."
                                + index + ".";
                    case 2 ->
                        "Simplify: not (" + (a % 2 == 0) + " and " + (b % 2 == 0) + ") or " + (a > b) + ", for " + who
                                + ".";
                    case 3 ->
                        who + " faces north, turns right " + (a % 7 + 1) + " times and left " + (b % 5 + 1)
                                + " times. Which way does " + who + " face after step " + iteration + "." + index + "?";
                    default -> "Convert " + a + " hours and " + b + " minutes of " + what + " sorting into seconds.";
                });
    }

    static String teacherAnswer(Instruction instruction) {
        String core =
                "First write down what is known. Then do one operation at a time.\n\n1. Multiply.\n2. Subtract what is"
                        + " left over.\n\nThe answer is "
                        + Math.floorMod(instruction.id().hashCode(), 97) + ".";
        return instruction.text().length() > 400 ? LONG_ANSWER + core : core;
    }

    static String studentAnswer(Instruction instruction, boolean right) {
        int answer = Math.floorMod(instruction.id().hashCode(), 97);
        return right
                ? "Write down what is known and do one operation at a time. The answer is " + answer + "."
                : "The answer is " + (answer + 4) + " because " + (answer + 4) + " is the answer.";
    }
}
