using System.Reflection;
using System.Reflection.Emit;
using Microsoft.Azure.WebJobs;
using Microsoft.Azure.WebJobs.Extensions.DurableTask;

namespace Contoso.DurableExtension;

/// <summary>A class with one method for each function: the WebJobs SDK finds functions by reflection, as it does in the Functions host.</summary>
public static class EmittedFunctions
{
    private static readonly MethodInfo Call = typeof(Bridge).GetMethod(nameof(Bridge.Call))!;

    public static Type From(IEnumerable<Function> functions)
    {
        var type = AssemblyBuilder.DefineDynamicAssembly(new AssemblyName("Functions"), AssemblyBuilderAccess.Run)
            .DefineDynamicModule("Functions")
            .DefineType("Functions", TypeAttributes.Public | TypeAttributes.Class | TypeAttributes.Abstract | TypeAttributes.Sealed);
        foreach (var function in functions)
        {
            Define(type, function);
        }
        return type.CreateType();
    }

    /// <summary>[FunctionName("x")] public static Task&lt;object&gt; x([…Trigger] string input) => Bridge.Call("x", input);</summary>
    private static void Define(TypeBuilder type, Function function)
    {
        var method = type.DefineMethod(function.Name, MethodAttributes.Public | MethodAttributes.Static, typeof(Task<object>), [typeof(string)]);
        method.SetCustomAttribute(Attribute(typeof(FunctionNameAttribute), function.Name));
        var trigger = function.Kind == "orchestrationtrigger" ? typeof(OrchestrationTriggerAttribute) : typeof(ActivityTriggerAttribute);
        method.DefineParameter(1, ParameterAttributes.None, "input").SetCustomAttribute(Attribute(trigger));
        var code = method.GetILGenerator();
        code.Emit(OpCodes.Ldstr, function.Name);
        code.Emit(OpCodes.Ldarg_0);
        code.Emit(OpCodes.Call, Call);
        code.Emit(OpCodes.Ret);
    }

    private static CustomAttributeBuilder Attribute(Type type, params string[] arguments) =>
        new(type.GetConstructor([.. arguments.Select(_ => typeof(string))])!, [.. arguments]);
}
