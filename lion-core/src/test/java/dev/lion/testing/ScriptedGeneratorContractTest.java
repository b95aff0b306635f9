package dev.lion.testing;

import dev.lion.role.Generator;

class ScriptedGeneratorContractTest extends GeneratorContract {
    @Override
    protected Generator create() {
        return ScriptedRoles.prompt().generator();
    }
}
