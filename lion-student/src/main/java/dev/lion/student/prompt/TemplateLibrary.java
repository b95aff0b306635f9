package dev.lion.student.prompt;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.core.util.Separators.Spacing;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializationConfig;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.BeanSerializerModifier;
import com.hubspot.jinjava.interpret.JinjavaInterpreter;
import com.hubspot.jinjava.lib.exptest.ExpTest;
import com.hubspot.jinjava.lib.filter.Filter;
import com.hubspot.jinjava.lib.filter.RoundFilter;
import com.hubspot.jinjava.lib.tag.Tag;
import com.hubspot.jinjava.tree.Node;
import com.hubspot.jinjava.tree.TagNode;
import java.io.IOException;
import java.io.Writer;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What chat templates have beyond, or in another sense than, Jinjava's own library. */
final class TemplateLibrary {
    private static final JsonMapper JSON = JsonMapper.builder()
            .addModule(new SimpleModule().setSerializerModifier(new DataOnly()))
            .build();

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
                    interpreter,
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
                    interpreter,
                    new DefaultPrettyPrinter(INDENTED)
                            .withObjectIndenter(indenter)
                            .withArrayIndenter(indenter));
        }

        private static String json(
                @Nullable Object value, JinjavaInterpreter interpreter, DefaultPrettyPrinter printer) {
            try (var text = new BoundedWriter(interpreter.getConfig().getMaxStringLength())) {
                JSON.writer(printer).writeValue(text, value);
                return text.toString();
            } catch (JsonProcessingException e) {
                throw new PromptException("a value cannot be written as JSON: " + e.getOriginalMessage(), e);
            } catch (IOException e) {
                throw new PromptException("a value cannot be written as JSON: " + e.getMessage(), e);
            }
        }
    }

    /** Writes data as JSON, and no object of the engine's. */
    private static final class DataOnly extends BeanSerializerModifier {
        private static final long serialVersionUID = 1L;
        private static final List<Class<?>> DATA =
                List.of(CharSequence.class, Number.class, Boolean.class, Map.class, Collection.class);

        @Override
        public JsonSerializer<?> modifySerializer(
                SerializationConfig config, BeanDescription description, JsonSerializer<?> serializer) {
            Class<?> kind = description.getBeanClass();
            if (!kind.isPrimitive() && DATA.stream().noneMatch(type -> type.isAssignableFrom(kind))) {
                throw new PromptException(
                        "only texts, numbers, lists and mappings can be written as JSON, no " + kind.getSimpleName());
            }
            return serializer;
        }
    }

    /** Takes so many characters and no more. */
    private static final class BoundedWriter extends Writer {
        private final StringBuilder text = new StringBuilder();
        private final long most;

        BoundedWriter(long most) {
            this.most = most;
        }

        @Override
        public void write(char[] characters, int start, int length) throws IOException {
            if (text.length() + (long) length > most) {
                throw new IOException("it is longer than the limit of " + most + " characters");
            }
            text.append(characters, start, length);
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}

        @Override
        public String toString() {
            return text.toString();
        }
    }

    /** {@code round}, to no more digits than numbers have. */
    static final class Round extends RoundFilter {
        @Override
        public Object filter(@Nullable Object value, JinjavaInterpreter interpreter, String... arguments) {
            if (arguments.length > 0 && !arguments[0].matches("-?\\d{1,3}")) {
                throw new PromptException("'round' takes a number of digits, not '" + arguments[0] + "'");
            }
            return super.filter(value, interpreter, arguments);
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
