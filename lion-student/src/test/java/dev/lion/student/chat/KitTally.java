package dev.lion.student.chat;

import java.lang.reflect.Method;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.condition.DisabledIf;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestWatcher;
import org.junit.platform.commons.support.AnnotationSupport;

/** Counts what became of the tests of a kit, and prints it: run, passed, and skipped by the flag that the kit skips them for. */
final class KitTally implements TestWatcher, AfterAllCallback {
    private final Map<String, Integer> skipped = new TreeMap<>();
    private int passed;
    private int failed;

    @Override
    public void testSuccessful(ExtensionContext context) {
        passed++;
    }

    @Override
    public void testFailed(ExtensionContext context, Throwable cause) {
        failed++;
    }

    @Override
    public void testDisabled(ExtensionContext context, Optional<String> reason) {
        skipped.merge(flag(context.getRequiredTestMethod()), 1, Integer::sum);
    }

    private static String flag(Method test) {
        return AnnotationSupport.findAnnotation(test, EnabledIf.class)
                .map(condition -> "without " + condition.value())
                .or(() -> AnnotationSupport.findAnnotation(test, DisabledIf.class)
                        .map(condition -> "with " + condition.value()))
                .orElse("for a reason that is no flag of the kit");
    }

    @Override
    public void afterAll(ExtensionContext context) {
        int left = skipped.values().stream().mapToInt(Integer::intValue).sum();
        System.out.printf(
                "%s: %d run, %d passed, %d failed, %d skipped%n",
                context.getRequiredTestClass().getSuperclass().getSimpleName(), passed + failed, passed, failed, left);
        skipped.forEach((flag, count) -> System.out.printf("  skipped %s: %d%n", flag, count));
    }
}
