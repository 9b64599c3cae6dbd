// Where the visitor's own body is: what is baked beneath an eye (x right, y ahead, z up from the
// floor) stands where they stand, turned as they are, on the stone under each foot.
#pragma once

uniform vec2 u_feet;    // world metres
uniform vec2 u_stance;  // unit vector to the visitor's right
uniform vec3 u_soles[2];  // of the stone under the left and the right foot: height, rise to the right and ahead

mat3 visitor_turn() { return mat3(vec3(u_stance, 0.0), vec3(-u_stance.y, u_stance.x, 0.0), vec3(0.0, 0.0, 1.0)); }

vec3 stood(vec3 p) {
    vec3 stone = mix(u_soles[0], u_soles[1], smoothstep(-0.05, 0.05, p.x));
    p.z += stone.x + dot(stone.yz, p.xy) * (1.0 - smoothstep(0.1, 0.9, p.z));
    return visitor_turn() * p + vec3(u_feet, 0.0);
}
