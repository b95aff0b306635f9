package dev.lion.student.prompt;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.core.util.Separators.Spacing;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.hubspot.jinjava.interpret.JinjavaInterpreter;
import com.hubspot.jinjava.lib.exptest.ExpTest;
import com.hubspot.jinjava.lib.filter.Filter;
import com.hubspot.jinjava.lib.tag.Tag;
import com.hubspot.jinjava.tree.Node;
import com.hubspot.jinjava.tree.TagNode;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What chat templates have beyond, or in another sense than, Jinjava's own library. */
final class TemplateLibrary {
    private static final JsonMapper JSON = new JsonMapper();

    private TemplateLibrary() {}

    /** {@code trim}, of what Python calls white space. */
    static final class Trim implements Filter {
        @Override
        public String getName() {
            return "trim";
        }

        @Override
        public @Nullable Object filter(@Nullable Object value, JinjavaInterpreter interpreter, String... arguments) {
            return value == null ? null : PythonText.call(value.toString(), "strip", List.of());
        }
    }

    /** {@code tojson} as transformers writes it: Python's separators, no escapes for HTML. */
    static final class ToJson implements Filter {
        private static final Separators SEPARATORS = Separators.createDefaultInstance()
                .withObjectFieldValueSpacing(Spacing.AFTER)
                .withObjectEntrySpacing(Spacing.AFTER)
                .withArrayValueSpacing(Spacing.AFTER);
        private static final Separators INDENTED = SEPARATORS
                .withObjectEntrySpacing(Spacing.NONE)
                .withArrayValueSpacing(Spacing.NONE)
                .withObjectEmptySeparator("")
                .withArrayEmptySeparator("");
        private static final int WIDEST_INDENT = 16;

        @Override
        public String getName() {
            return "tojson";
        }

        @Override
        public Object filter(@Nullable Object value, JinjavaInterpreter interpreter, String... arguments) {
            return json(
                    value,
                    new DefaultPrettyPrinter(SEPARATORS)
                            .withObjectIndenter(new DefaultPrettyPrinter.NopIndenter())
                            .withArrayIndenter(new DefaultPrettyPrinter.NopIndenter()));
        }

        @Override
        public Object filter(
                @Nullable Object value, JinjavaInterpreter interpreter, Object[] arguments, Map<String, Object> named) {
            if (!(named.get("indent") instanceof Number indent)) {
                return filter(value, interpreter);
            }
            var indenter =
                    new DefaultIndenter(" ".repeat(Math.max(0, Math.min(WIDEST_INDENT, indent.intValue()))), "\n");
            return json(
                    value,
                    new DefaultPrettyPrinter(INDENTED)
                            .withObjectIndenter(indenter)
                            .withArrayIndenter(indenter));
        }

        private static String json(@Nullable Object value, DefaultPrettyPrinter printer) {
            try {
                return JSON.writer(printer).writeValueAsString(value);
            } catch (JsonProcessingException e) {
                throw new PromptException("a value cannot be written as JSON: " + e.getOriginalMessage(), e);
            }
        }
    }

    /** {@code items}: the entries of a mapping. */
    static final class Items implements Filter {
        @Override
        public String getName() {
            return "items";
        }

        @Override
        public Object filter(@Nullable Object value, JinjavaInterpreter interpreter, String... arguments) {
            return value instanceof Map<?, ?> map ? TemplateResolver.items(map) : List.of();
        }
    }

    /** {@code is iterable}: texts are, in Python. */
    static final class IsIterable implements ExpTest {
        @Override
        public String getName() {
            return "iterable";
        }

        @Override
        public boolean evaluate(@Nullable Object value, JinjavaInterpreter interpreter, Object... arguments) {
            return value instanceof Iterable || value instanceof Map || value instanceof CharSequence;
        }
    }

    /** {@code {% generation %}} marks answers for transformers and writes what is inside. */
    static final class Generation implements Tag {
        private static final long serialVersionUID = 1L;

        @Override
        public String getName() {
            return "generation";
        }

        @Override
        public String interpret(TagNode tag, JinjavaInterpreter interpreter) {
            return tag.getChildren().stream()
                    .map((Node child) -> child.render(interpreter).getValue())
                    .collect(Collectors.joining());
        }
    }
}
