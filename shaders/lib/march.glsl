// Mist by ray march through a low layer, and the dust above it that shows the sun's shafts: rgb is
// the light they send here, a what the mist lets through. Energy-conserving step after Hillaire 2015.
#pragma once
#pragma include "mist.glsl"
uniform sampler2D u_depth;
uniform mat4 u_world_from_clip;
uniform vec2 u_feet;  // where the visitor stands
uniform float u_steps;
uniform float u_shaft_steps;  // 0: no shafts
in vec2 uv;
out vec4 color;

// Henyey-Greenstein phase function, g towards forward.
float forward(float cosine, float g) {
    return (1.0 - g * g) / (4.0 * PI * pow(1.0 + g * g - 2.0 * g * cosine, 1.5));
}

// Where in its first step a pixel begins, in ninths: any nine neighbours begin in all nine places, so
// that mist_soft takes every trace of it out.
float ninth(vec2 pixel) {
    ivec2 p = ivec2(pixel) % 3;
    return (float(3 * ((p.x + p.y) % 3) + (p.x + 2 * p.y) % 3) + 0.5) / 9.0;
}

const float DUST_TOP = 11.0;    // metres
const float DUST_REACH = 80.0;
const float DUST = 0.00036;     // scattered per metre near the ground
const vec2 DUST_LOBE = vec2(0.70, 0.20);  // mean cosine of most of it, and of the rest

// The sun in fine dust, where nothing stands between the two. So thin that it takes no light.
vec3 shafts(vec3 dir, float range, float jitter) {
    float far = min(range, DUST_REACH);
    if (dir.z > 0.0) far = min(far, max(DUST_TOP - u_eye.z, 0.0) / dir.z);
    float near = u_eye.z > DUST_TOP ? (dir.z < 0.0 ? (DUST_TOP - u_eye.z) / dir.z : far) : 0.0;
    if (near >= far) return vec3(0.0);
    float width = (far - near) / u_shaft_steps, sum = 0.0;
    for (float i = 0.0; i < u_shaft_steps; i += 1.0) {
        vec3 p = u_eye + dir * (near + (i + jitter) * width);
        float thick = exp(-max(p.z, 0.0) / 4.5) * (1.0 - smoothstep(0.5 * DUST_TOP, DUST_TOP, p.z));
        thick *= 0.2 + 1.6 * texture(u_clouds, p.xy / 23.0 + vec2(S_breath * 0.004, p.z * 0.03)).x;
        sum += thick * sun_at(p);
    }
    float cosine = dot(dir, SUN_DIR);
    float lobe = mix(forward(cosine, DUST_LOBE.y), forward(cosine, DUST_LOBE.x), 0.7);
    return SUN_LIGHT * 1.6 * S_lit * (1.0 - 0.75 * S_sky_light) * (1.0 - S_dissolve) * DUST * lobe * sum * width;
}

vec4 mist(vec3 dir, float range, float jitter);

void main() {
    float depth = textureLod(u_depth, uv, 0.0).r;
    vec4 end = u_world_from_clip * vec4(vec3(uv, depth) * 2.0 - 1.0, 1.0);
    vec3 way = end.xyz / end.w - u_eye;
    float range = length(way);
    vec3 dir = way / range;
    float jitter = ninth(gl_FragCoord.xy);
    color = S_mist > 0.0 ? mist(dir, range, jitter) : vec4(0.0, 0.0, 0.0, 1.0);
    if (u_shaft_steps > 0.0) color.rgb += shafts(dir, range, jitter) * mix(1.0, color.a, 0.6);
}

vec4 mist(vec3 dir, float range, float jitter) {
    const vec4 NONE = vec4(0.0, 0.0, 0.0, 1.0);
    // From above, what lies higher than the shin is too thin to march through, and most of it lies
    // close upon the stone: there the steps are the finest, or they would show as lines.
    float above = smoothstep(0.2, 0.5, -dir.z);
    float top = mix(MIST_TOP, 0.7, above) + 1.2 * rim_there();
    float near = 0.0, far = min(range, 75.0);
    if (dir.z < 0.0) far = min(far, (BED - u_eye.z) / dir.z);
    if (u_eye.z > top) {
        if (dir.z >= 0.0) return NONE;
        near = (top - u_eye.z) / dir.z;
    } else if (dir.z > 0.0) {
        far = min(far, (top - u_eye.z) / dir.z);
    }
    if (near >= far) return NONE;
    float growth = smoothstep(3.0, 14.0, far - near);
    float toward_sun = 0.42 + 1.5 * forward(dot(dir, SUN_DIR), 0.55);
    vec3 sun = SUN_LIGHT * 0.105 * toward_sun * (1.0 - 0.7 * S_sky_light) * S_lit;
    float through = 1.0, start = near;
    vec3 sum = vec3(0.0);
    for (float i = 1.0; i <= u_steps; i += 1.0) {
        // Steps grow with distance, fine about the feet and coarse far off, and leave no gap.
        float a = i / u_steps;
        float end = near + (far - near) * a * mix(mix(1.0, a, growth), 2.0 - a, above);
        float width = end - start;
        vec3 p = u_eye + dir * (start + jitter * width);
        start = end;
        Mist here = mist_at(p, u_feet, width);
        float seen = texture(u_shadow, (u_shadow_matrix * vec4(p, 1.0)).xyz);
        // Silver above, violet in its depths and in the shade; the west side of every billow takes the sun.
        float open = exp(-here.depth * 5.0) * clamp(0.80 + 0.6 * here.facing, 0.0, 1.25);
        vec3 lit = mix(MIST_SHADE * 0.30, MIST_SILVER * (0.80 + 0.15 * S_sky_light), open);
        lit *= (1.0 + here.sheen) * mix(vec3(0.84, 0.84, 1.04), vec3(1.0), seen);
        lit += sun * seen * clamp(0.45 + 1.5 * here.facing, 0.0, 1.6) * exp(-here.depth * 6.0) * (1.0 + 1.4 * here.sheen);
        if (!QUIET) {
            vec3 to = u_orb - p;
            lit += ORB_LIGHT * S_orb_light * ((0.44 + 0.9 * S_gather) / (dot(to, to) + 0.26) + 0.015);
        }
        if (!QUIET) lit += srgb(0xA9D2F4) * here.roots * 0.5 * exp(-max(p.z, 0.0) * 1.5);
        float passed = exp(-here.density * width);
        sum += through * lit * (1.0 - passed);
        through *= passed;
    }
    return vec4(sum, through);
}
