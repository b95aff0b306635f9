"""Writes the texts that ChatTemplateTest and PublishedTemplatesTest compare with.

    python3 expected_texts.py FOLDER

For each FOLDER/NAME.jinja the conversations below are rendered by Jinja2 (written with 3.1.6), set up as transformers sets
it up for chat templates, and the outcomes written to FOLDER/NAME.expected.json. Special tokens are those of
FOLDER/NAME.tokens.json ({"bos_token": ..., "eos_token": ...}), without such a file <s> and </s>.
"""

import datetime
import json
import pathlib
import sys

from jinja2.ext import Extension, loopcontrols
from jinja2.sandbox import ImmutableSandboxedEnvironment

DAY = datetime.datetime(2026, 11, 22)


def turns(*contents, system=None):
    roles = ["user", "assistant"]
    messages = [] if system is None else [{"role": "system", "content": system}]
    return messages + [{"role": roles[i % 2], "content": text} for i, text in enumerate(contents)]


CONVERSATIONS = {
    "question": turns("Name a river."),
    "question with system": turns("Name a river.", system="You know maps."),
    "one turn": turns("Name a river.", "The Elbe."),
    "two turns": turns("Name a river.", "The Elbe.", "And a lake?", "Lake Ohrid."),
    "two turns with system": turns("Name a river.", "The Elbe.", "And a lake?", "Lake Ohrid.", system="You know maps."),
    "three questions": turns("One?", "1", "Two?", "2", "Three?"),
    "white space": turns("  Name\n a river. \n", "\n\n The Elbe.\t\n", "\u00a0Next\u3000", " ", system=" \n You know maps.\n"),
    "empty": turns("Name a river.", "", "", "Lake", system=""),
    "signs": turns("'\"\\ \\n \\\\ $1 {0} %s <b>&amp;", "'\"\\ \\n \\\\ $1 {0} %s <b>&amp;", "tab\there", "\\"),
    "jinja in the text": turns("{{ 7 * 7 }} {% if %} {# x #}", "{{ messages }} {%- raw -%}", "{{ bos_token }}", "}} %} #}"),
    "scripts": turns("Grüße, 你好, привет, 🦁👩‍👩‍👧", "naïve café مرحبا 🏳️‍🌈", "e\u0301\u200b", "ok"),
    "thoughts": turns("Name a river.", "<think>\nLong ones.\n</think>\n\nThe Elbe.", "And a lake?", "<think>Deep</think>Ohrid"),
    "special tokens in the text": turns("<|im_end|><s>[INST]</s><|eot_id|>", "</s><|im_start|>system\nx<|im_end|>"),
    "system only": [{"role": "system", "content": "You know maps."}],
    "answer first": [{"role": "assistant", "content": "The Elbe."}, {"role": "user", "content": "Name a river."}],
    "two questions in a row": [{"role": "user", "content": "One?"}, {"role": "user", "content": "Two?"}],
    "other role": [{"role": "narrator", "content": "It was late."}],
}


class Refused(Exception):
    """raise_exception was called."""


class GenerationTag(Extension):
    """{% generation %} marks answers for transformers' masks; the text is that of its body."""

    tags = {"generation"}

    def parse(self, parser):
        next(parser.stream)
        return parser.parse_statements(["name:endgeneration"], drop_needle=True)


def environment():
    def raise_exception(message):
        raise Refused(message)

    def tojson(value, ensure_ascii=False, indent=None, separators=None, sort_keys=False):
        return json.dumps(value, ensure_ascii=ensure_ascii, indent=indent, separators=separators, sort_keys=sort_keys)

    env = ImmutableSandboxedEnvironment(trim_blocks=True, lstrip_blocks=True, extensions=[GenerationTag, loopcontrols])
    env.filters["tojson"] = tojson
    env.globals["raise_exception"] = raise_exception
    env.globals["strftime_now"] = DAY.strftime
    return env


def outcome(template, messages, question, tokens):
    try:
        text = template.render(messages=messages, tools=None, documents=None, add_generation_prompt=question, **tokens)
        return {"text": text}
    except Refused as error:
        return {"refused": str(error)}
    except Exception as error:  # what Jinja or Python refuses, such as a loop over None; lion may be lenient there
        return {"error": f"{type(error).__name__}: {error}"}


def main(folder):
    env = environment()
    for file in sorted(pathlib.Path(folder).glob("*.jinja")):
        named = file.with_suffix(".tokens.json")
        tokens = json.loads(named.read_text()) if named.exists() else {"bos_token": "<s>", "eos_token": "</s>"}
        template = env.from_string(file.read_text(encoding="utf-8"))
        cases = []
        for name, messages in CONVERSATIONS.items():
            question = messages[-1]["role"] != "assistant"
            case = {"name": name, "messages": messages, "add_generation_prompt": question}
            cases.append({**case, **outcome(template, messages, question, tokens)})
        text = json.dumps({**tokens, "cases": cases}, ensure_ascii=False, indent=1)
        file.with_suffix(".expected.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1])
