package dev.lion.student.prompt;

import com.hubspot.jinjava.interpret.JinjavaInterpreter;
import com.hubspot.jinjava.tree.Node;
import com.hubspot.jinjava.tree.TagNode;
import java.util.concurrent.TimeUnit;

/** Counts what one rendering does, and ends it when that is too much, or once it has gone wrong. For one rendering. */
final class RenderBounds {
    /** Parts of a template that may be visited, each as often as a loop does, and calls that they may make. */
    static final int MOST_STEPS = 250_000;

    /** Seconds that a rendering may take; those of published templates take milliseconds. */
    static final int LONGEST_SECONDS = 5;

    /** What is said of a rendering that takes too long. */
    static final String TOO_LONG = "it does not come to an end within " + LONGEST_SECONDS + " seconds";

    /** What a loop counts as: its turns are not seen when there is nothing in them. */
    private static final int LOOP = 20;

    private final long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LONGEST_SECONDS);
    private int steps;

    /**
     * Ends a rendering. An error, because the engine takes exceptions for the faults of single expressions and goes on after
     * them.
     */
    static final class Ended extends Error {
        private static final long serialVersionUID = 1L;

        Ended(String message) {
            super(message, null, false, false);
        }
    }

    /** A part of the template is visited. */
    void visit(Node node, JinjavaInterpreter interpreter) {
        step(interpreter);
        if (node instanceof TagNode tag && tag.getName().equals("for")) {
            steps += LOOP;
        }
    }

    /** One step more. */
    void step(JinjavaInterpreter interpreter) {
        if (interpreter.getLastError().isPresent()) {
            throw new Ended(TemplateEngine.message(interpreter.getLastError().get()));
        }
        if (++steps > MOST_STEPS) {
            throw new Ended("line " + interpreter.getLineNumber() + ": it does not come to an end within " + MOST_STEPS
                    + " steps");
        }
        if (System.nanoTime() - end > 0) {
            throw new Ended(TOO_LONG);
        }
    }
}
