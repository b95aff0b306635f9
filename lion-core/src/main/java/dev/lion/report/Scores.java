package dev.lion.report;

import dev.lion.data.AnswerOrder;
import dev.lion.data.Judgement;
import dev.lion.data.Verdict.Scored;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/** What one of the two answers was given, by the place in which it was shown; empty where the referee did not say. */
record Scores(OptionalDouble shownFirst, OptionalDouble shownSecond) {
    static Scores teachers(Judgement judgement) {
        return new Scores(
                score(judgement, AnswerOrder.TEACHER_FIRST, Scored::first),
                score(judgement, AnswerOrder.STUDENT_FIRST, Scored::second));
    }

    static Scores students(Judgement judgement) {
        return new Scores(
                score(judgement, AnswerOrder.STUDENT_FIRST, Scored::first),
                score(judgement, AnswerOrder.TEACHER_FIRST, Scored::second));
    }

    private static OptionalDouble score(Judgement judgement, AnswerOrder order, ToDoubleFunction<Scored> score) {
        return judgement.scored(order).stream().mapToDouble(score).findFirst();
    }

    /** The mean of what there is, 0 when there is nothing. */
    double mean() {
        return Stream.of(shownFirst, shownSecond)
                .flatMapToDouble(OptionalDouble::stream)
                .average()
                .orElse(0);
    }

    String words() {
        if (shownSecond.isEmpty()) {
            return "shown first " + points(shownFirst);
        }
        String second = "shown second " + points(shownSecond);
        return shownFirst.isEmpty() ? second : "shown first " + points(shownFirst) + ", " + second;
    }

    private static String points(OptionalDouble score) {
        return score.isPresent() ? Figures.points10(score.getAsDouble()) : "\u2013";
    }
}
