/**
 * node::ObjectWrap without the cleanup hook of each object, which Node's headers have since 24.19 (nodejs/node#65446).
 *
 * The class lives in a header only, so it is compiled into the addon. Its destructor removes the hook, and removing one
 * aborts Node 24 wherever no JavaScript is on the stack: a garbage collection that an allocation sets off will do. The
 * hook frees what is left when a worker thread ends, which nothing here needs; better-sqlite3 closes its own databases.
 */
const WITHOUT_HOOKS = `#include <node.h>
namespace node {
inline void LeaveOutHook(v8::Isolate*, void (*)(void*), void*) {}
}
#define AddEnvironmentCleanupHook LeaveOutHook
#define RemoveEnvironmentCleanupHook LeaveOutHook
#include <node_object_wrap.h>
#undef AddEnvironmentCleanupHook
#undef RemoveEnvironmentCleanupHook
`;

/** The same C++ source, for which the class has no hooks; with the headers of an older Node nothing changes. */
export const withoutObjectHooks = (source: string): string => WITHOUT_HOOKS + source;

/** Whether objects of a compiled addon remove hooks: nothing else in better-sqlite3 asks Node for that function. */
export const hasObjectHooks = (addon: Buffer): boolean => addon.includes('RemoveEnvironmentCleanupHook');
