"""All that generated code may touch besides the globals of the script: these names and no others.

None of the names can be spelled in Lua, so no global of a script can hide or reach one.
"""

from __future__ import annotations

import math
from types import FunctionType

from .. import coroutines
from ..values import iteration, operations, table
from ..values.closing import Closing
from ..values.coroutines import Coroutine
from ..values.graves import give_grave
from ..values.loops import fill, for_bound, for_range
from ..values.numbers import wrap

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Dict

SURFACE: Dict[str, Any] = {
    "λint": int,
    "λfloat": float,
    "λstr": str,
    "λbool": bool,
    "λtuple": tuple,
    "λlist": list,
    "λfunction": FunctionType,
    "λTable": table.Table,
    "λlen": len,
    "λord": ord,
    "λrange": range,
    "λabs": abs,
    "λfloor": math.floor,
    "λsqrt": math.sqrt,
    "λtype_name": {**operations.TYPE_NAMES, table.Table: "table"}.get,
    # What a read of the array part raises where there is no such part or place.
    "λunindexed": (IndexError, TypeError, AttributeError),
    "λwrap": wrap,
    "λadd": operations.add,
    "λsubtract": operations.subtract,
    "λmultiply": operations.multiply,
    "λdivide": operations.divide,
    "λfloor_divide": operations.floor_divide,
    "λmodulo": operations.modulo,
    "λpower": operations.power,
    "λnegate": operations.negate,
    "λband": operations.band,
    "λbor": operations.bor,
    "λbxor": operations.bxor,
    "λshl": operations.shl,
    "λshr": operations.shr,
    "λbnot": operations.bnot,
    "λconcat": operations.concat,
    "λsize": operations.size,
    "λequal": operations.equal,
    "λalike": operations.alike,
    "λless_than": operations.less_than,
    "λless_equal": operations.less_equal,
    "λgreater_than": operations.greater_than,
    "λgreater_equal": operations.greater_equal,
    "λindex": operations.index,
    "λsetindex": operations.setindex,
    "λclear_field": operations.clear_field,
    "λappend": operations.append,
    "λcallable": operations.callable_of,
    "λmethod": operations.method,
    "λfinish": operations.finish,
    "λTAIL_CALL": operations.TAIL_CALL,
    "λORDER": operations.ORDER,
    "λis_lua": operations.is_lua,
    "λfirst": operations.first,
    "λone": operations.one,
    "λmany": operations.many,
    "λadjust": iteration.adjust,
    "λeach": iteration.each,
    "λeach_closing": iteration.each_closing,
    "λeach_raw": iteration.each_raw,
    "λeach_indexed": iteration.each_indexed,
    "λeach_item": iteration.each_item,
    "λwalk": table.walk,
    "λfor_bound": for_bound,
    "λfor_range": for_range,
    "λfill": fill,
    "λmake_record": table.make_record,
    "λmake_array": table.make_array,
    "λmake_table": table.make_table,
    "λmake_object": table.make_object,
    "λset_items": table.set_items,
    "λrawset": table.rawset,
    "λenter": operations.enter,
    "λgive_grave": give_grave,
    "λClosing": Closing,
    "λgoes_on": object(),
    # What the twins of functions use in coroutines.
    "λBaseException": BaseException,
    "λno_tables": frozenset((type(None), bool, int, float, str, FunctionType, Coroutine)),
    "λyield": coroutines.lua_yield,
    "λrun": coroutines.run,
    "λtwin": coroutines.twin,
    "λin_coroutine": coroutines.in_coroutine,
    "λclose": coroutines.close_variable,
    "λsent": coroutines.sent,
    "λdirect": coroutines.direct,
    "λPENDING": coroutines.PENDING,
}
