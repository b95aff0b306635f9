package dev.lion.testing;

import dev.lion.role.Teacher;

class ScriptedTeacherContractTest extends TeacherContract {
    @Override
    protected Teacher create() {
        return ScriptedRoles.prompt().teacher();
    }
}
