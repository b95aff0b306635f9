package dev.lion.student.prompt;

import com.google.common.collect.Sets;
import com.google.errorprone.annotations.DoNotCall;
import com.hubspot.jinjava.Jinjava;
import com.hubspot.jinjava.JinjavaConfig;
import com.hubspot.jinjava.LegacyOverrides;
import com.hubspot.jinjava.el.JinjavaProcessors;
import com.hubspot.jinjava.interpret.Context;
import com.hubspot.jinjava.interpret.Context.Library;
import com.hubspot.jinjava.interpret.JinjavaInterpreter;
import com.hubspot.jinjava.interpret.RenderResult;
import com.hubspot.jinjava.interpret.TemplateError;
import com.hubspot.jinjava.lib.Importable;
import com.hubspot.jinjava.lib.fn.ELFunctionDefinition;
import com.hubspot.jinjava.loader.ResourceNotFoundException;
import com.hubspot.jinjava.objects.date.StrftimeFormatter;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Jinjava, set up to read chat templates as transformers does, and to be safe with templates from elsewhere: the library is
 * cut down to what chat templates use, no file or class can be reached, and work, depth and output are bounded.
 */
final class TemplateEngine {
    /** Characters of a template. */
    static final int LONGEST_TEMPLATE = 1 << 20;

    /** Characters that a template may write of its own, and how often it may repeat those of the conversation. */
    private static final int OWN_TEXT = 1 << 20;

    private static final int REPEATED = 8;

    private static final int DEEPEST = 64;
    private static final int LONGEST_LIST = 100_000;
    private static final String DATE = "lion date";

    private static final Set<String> TAGS =
            Set.of("if", "elif", "else", "for", "set", "macro", "call", "raw", "break", "continue", "do", "generation");
    private static final Set<String> FILTERS = Set.of(
            "abs",
            "attr",
            "capitalize",
            "count",
            "d",
            "default",
            "dictsort",
            "e",
            "escape",
            "first",
            "float",
            "int",
            "items",
            "join",
            "last",
            "length",
            "list",
            "lower",
            "map",
            "max",
            "min",
            "reject",
            "rejectattr",
            "replace",
            "reverse",
            "round",
            "safe",
            "select",
            "selectattr",
            "sort",
            "string",
            "sum",
            "title",
            "tojson",
            "trim",
            "unique",
            "upper");
    private static final Set<String> FUNCTIONS = Set.of(":range", ":namespace", ":raise_exception", ":strftime_now");

    private static final LegacyOverrides LIKE_JINJA = LegacyOverrides.newBuilder()
            .withEvaluateMapKeys(true)
            .withIterateOverMapKeys(true)
            .withUsePyishObjectMapper(true)
            .withUseNaturalOperatorPrecedence(true)
            .withParseWhitespaceControlStrictly(true)
            .withAllowAdjacentTextNodes(true)
            .withUseTrimmingForNotesAndExpressions(true)
            .withKeepNullableLoopValues(true)
            .withHandleBackslashInQuotesOnly(true)
            .build();

    private static final ExecutorService RENDERING = Executors.newCachedThreadPool(TemplateEngine::daemon);
    private static final Jinjava JINJAVA = jinjava();
    private static final Map<Library, Set<String>> DISABLED = disabled(JINJAVA.getGlobalContext());

    private TemplateEngine() {}

    private static Thread daemon(Runnable rendering) {
        Thread thread = new Thread(rendering, "lion-chat-template");
        thread.setDaemon(true);
        return thread;
    }

    /**
     * Renders a template, on another thread: to compare or write lists that share their parts may take years in one step. A
     * thread that takes too long is left behind, and ends with its step.
     *
     * @param source as {@link TemplateSource} rewrote it
     * @param values what it sees; a null value is {@code none}
     * @param date what it takes for today
     * @param words characters of the conversation
     * @throws PromptException when it cannot be read, refuses the values, or goes beyond a bound; with the line
     */
    static String render(String source, Map<String, ?> values, LocalDate date, long words) {
        Future<String> rendering = RENDERING.submit(() -> rendered(source, values, date, words));
        try {
            return rendering.get(RenderBounds.LONGEST_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            rendering.cancel(true);
            throw new PromptException(RenderBounds.TOO_LONG, e);
        } catch (InterruptedException e) {
            rendering.cancel(true);
            Thread.currentThread().interrupt();
            throw new PromptException("its rendering was interrupted", e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof PromptException own
                    ? own
                    : new PromptException("it cannot be rendered: " + e.getCause(), e);
        }
    }

    private static String rendered(String source, Map<String, ?> values, LocalDate date, long words) {
        var bindings = new HashMap<String, @Nullable Object>(values);
        bindings.put(
                "strftime_now",
                true); // a function is no variable to Jinjava, and templates ask whether it "is defined"
        bindings.put(DATE, date.atStartOfDay(ZoneOffset.UTC));
        RenderResult result;
        try {
            result = JINJAVA.renderForResult(source, bindings, config(OWN_TEXT + REPEATED * words));
        } catch (StackOverflowError e) {
            throw new PromptException("it is nested too deeply", e);
        } catch (OutOfMemoryError e) {
            throw new PromptException("it takes more memory than there is", e);
        } catch (RenderBounds.Ended e) {
            throw new PromptException(String.valueOf(e.getMessage()), e);
        }
        if (!result.getErrors().isEmpty()) {
            throw new PromptException(message(result.getErrors().get(0)));
        }
        return result.getOutput();
    }

    /** Whether templates have such a filter. */
    static boolean hasFilter(String name) {
        return FILTERS.contains(name) && JINJAVA.getGlobalContext().getFilter(name) != null;
    }

    private static JinjavaConfig config(long longest) {
        var bounds = new RenderBounds();
        return JinjavaConfig.newBuilder()
                .withTrimBlocks(true)
                .withLstripBlocks(true)
                .withKeepTrailingNewline(true)
                .withNestedInterpretationEnabled(false)
                .withElResolver(new TemplateResolver(bounds))
                .withDisabled(DISABLED)
                .withLegacyOverrides(LIKE_JINJA)
                .withLocale(Locale.ENGLISH)
                .withMaxOutputSize(longest)
                .withMaxStringLength(longest)
                .withMaxListSize(LONGEST_LIST)
                .withMaxMapSize(LONGEST_LIST)
                .withMaxRenderDepth(DEEPEST)
                .withEnableRecursiveMacroCalls(true)
                .withMaxMacroRecursionDepth(DEEPEST)
                .withProcessors(JinjavaProcessors.newBuilder()
                        .withNodePreProcessor(bounds::visit)
                        .build())
                .build();
    }

    /** An error of a rendering with its line, in the words of its deepest cause of our own, else of Jinjava. */
    static String message(TemplateError error) {
        String message = error.getMessage();
        for (Throwable cause = error.getException(); cause != null; cause = cause.getCause()) {
            if (cause instanceof PromptException own) {
                message = own.getMessage();
            }
        }
        return "line " + error.getLineno() + ": " + message;
    }

    /** What templates call beside Jinjava's own functions; public for its reflection only. */
    public static final class TemplateFunctions {
        private TemplateFunctions() {}

        /** {@code raise_exception(message)}: the template does not take this conversation. */
        @DoNotCall
        public static Object raise(String message) {
            throw new PromptException(message);
        }

        /** {@code strftime_now(format)}: the date of the prompt format. */
        public static String date(String format) {
            var date =
                    (ZonedDateTime) JinjavaInterpreter.getCurrent().getContext().get(DATE);
            return StrftimeFormatter.format(date, format, Locale.ENGLISH);
        }
    }

    private static Jinjava jinjava() {
        var jinjava = new Jinjava();
        jinjava.setResourceLocator((name, charset, interpreter) -> {
            throw new ResourceNotFoundException("a chat template reads no files");
        });
        Context context = jinjava.getGlobalContext();
        context.registerFilter(new TemplateLibrary.Trim());
        context.registerFilter(new TemplateLibrary.ToJson());
        context.registerFilter(new TemplateLibrary.Items());
        context.registerFilter(new TemplateLibrary.Round());
        context.registerExpTest(new TemplateLibrary.IsIterable());
        context.registerTag(new TemplateLibrary.Generation());
        context.registerFunction(function("raise_exception", "raise"));
        context.registerFunction(function("strftime_now", "date"));
        return jinjava;
    }

    private static ELFunctionDefinition function(String name, String method) {
        return new ELFunctionDefinition("", name, TemplateFunctions.class, method, String.class);
    }

    private static Map<Library, Set<String>> disabled(Context context) {
        return Map.of(
                Library.TAG,
                        Set.copyOf(Sets.filter(names(context.getAllTags()), tag -> !TAGS.contains(withoutEnd(tag)))),
                Library.FILTER,
                        Sets.difference(names(context.getAllFilters()), FILTERS).immutableCopy(),
                Library.FUNCTION,
                        Sets.difference(names(context.getAllFunctions()), FUNCTIONS)
                                .immutableCopy());
    }

    private static String withoutEnd(String tag) {
        return tag.startsWith("end") ? tag.substring("end".length()) : tag;
    }

    private static Set<String> names(Collection<? extends Importable> library) {
        return library.stream().map(Importable::getName).collect(Collectors.toSet());
    }
}
